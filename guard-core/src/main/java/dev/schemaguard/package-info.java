// SPDX-License-Identifier: Apache-2.0
/** The front of the library: {@link dev.schemaguard.SchemaGuard} and the policy it applies. */
@NullMarked
package dev.schemaguard;

import org.jspecify.annotations.NullMarked;
