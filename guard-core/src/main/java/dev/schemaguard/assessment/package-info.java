// SPDX-License-Identifier: Apache-2.0
/**
 * Compares a matrix row, the revision chain and a history, and returns a verdict with its evidence.
 * Pure.
 */
@NullMarked
package dev.schemaguard.assessment;

import org.jspecify.annotations.NullMarked;
