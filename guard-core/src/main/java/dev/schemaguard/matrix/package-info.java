// SPDX-License-Identifier: Apache-2.0
/**
 * Defines what the application expects: the compatibility matrix, the revision chain, and versions.
 */
@NullMarked
package dev.schemaguard.matrix;

import org.jspecify.annotations.NullMarked;
