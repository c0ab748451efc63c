// SPDX-License-Identifier: Apache-2.0
/**
 * What the tables of a database look like: the schema file, what a catalog shows, and the
 * differences between the two.
 */
@NullMarked
package dev.schemaguard.structure;

import org.jspecify.annotations.NullMarked;
