// SPDX-License-Identifier: Apache-2.0
/** Combines many histories into one status: tenants in schemas or databases, read together. */
@NullMarked
package dev.schemaguard.tenants;

import org.jspecify.annotations.NullMarked;
