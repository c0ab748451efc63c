// SPDX-License-Identifier: Apache-2.0
/** One check of many tenants: listed, read in batches, judged each, and summed up. */
@NullMarked
package dev.schemaguard.check.tenants;

import org.jspecify.annotations.NullMarked;
