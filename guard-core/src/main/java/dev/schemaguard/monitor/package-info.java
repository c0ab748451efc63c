// SPDX-License-Identifier: Apache-2.0
/**
 * Provides the live status, which is refreshed in the background, can be waited for, and is read
 * from memory.
 */
@NullMarked
package dev.schemaguard.monitor;

import org.jspecify.annotations.NullMarked;

