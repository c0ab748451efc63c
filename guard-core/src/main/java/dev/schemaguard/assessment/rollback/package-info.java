// SPDX-License-Identifier: Apache-2.0
/** Plans the way back to an older version: what a tool has to undo, and its commands. */
@NullMarked
package dev.schemaguard.assessment.rollback;

import org.jspecify.annotations.NullMarked;
