// SPDX-License-Identifier: Apache-2.0
/**
 * Acts on statuses while an application starts and runs: keeps the live status in memory, waits for
 * a compatible schema, refuses the start, and reports changes.
 */
@NullMarked
package dev.schemaguard.monitor;

import org.jspecify.annotations.NullMarked;
