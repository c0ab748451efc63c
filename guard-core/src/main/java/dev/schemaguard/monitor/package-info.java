// SPDX-License-Identifier: Apache-2.0
/** The live status: refreshed in the background, awaited, and answered from memory. */
@NullMarked
package dev.schemaguard.monitor;

import org.jspecify.annotations.NullMarked;
