// SPDX-License-Identifier: Apache-2.0
/**
 * What the application expects: the compatibility matrix, the chain of known revisions, versions.
 */
@NullMarked
package dev.schemaguard.matrix;

import org.jspecify.annotations.NullMarked;
