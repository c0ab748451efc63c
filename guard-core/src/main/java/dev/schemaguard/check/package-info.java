// SPDX-License-Identifier: Apache-2.0
/**
 * Runs one bounded check over one connection: borrows it, reads, assesses, and publishes the
 * status.
 */
@NullMarked
package dev.schemaguard.check;

import org.jspecify.annotations.NullMarked;
