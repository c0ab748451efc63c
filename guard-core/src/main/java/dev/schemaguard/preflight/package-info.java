// SPDX-License-Identifier: Apache-2.0
/**
 * Defines the result of a preflight: whether this version may migrate the database, and which
 * versions are affected.
 */
@NullMarked
package dev.schemaguard.preflight;

import org.jspecify.annotations.NullMarked;
