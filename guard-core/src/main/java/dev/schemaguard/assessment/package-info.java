// SPDX-License-Identifier: Apache-2.0
/**
 * The comparison: matrix row, chain and history go in, a verdict with its evidence comes out. Pure.
 */
@NullMarked
package dev.schemaguard.assessment;

import org.jspecify.annotations.NullMarked;
