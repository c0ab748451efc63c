// SPDX-License-Identifier: Apache-2.0
/**
 * The result of a preflight: whether this version may migrate the database, and who is affected.
 */
@NullMarked
package dev.schemaguard.preflight;

import org.jspecify.annotations.NullMarked;
