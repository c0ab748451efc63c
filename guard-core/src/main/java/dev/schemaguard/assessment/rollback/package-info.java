// SPDX-License-Identifier: Apache-2.0
/** Plans the rollback to an older version: what a tool has to undo, and the commands for it. */
@NullMarked
package dev.schemaguard.assessment.rollback;

import org.jspecify.annotations.NullMarked;
