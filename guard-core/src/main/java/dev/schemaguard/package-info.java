// SPDX-License-Identifier: Apache-2.0
/** The entry point of the library, {@link dev.schemaguard.SchemaGuard}, and its builder. */
@NullMarked
package dev.schemaguard;

import org.jspecify.annotations.NullMarked;
