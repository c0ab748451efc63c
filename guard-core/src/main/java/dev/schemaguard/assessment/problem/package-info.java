// SPDX-License-Identifier: Apache-2.0
/** Writes the texts of a status: what is wrong, why, and what to do. */
@NullMarked
package dev.schemaguard.assessment.problem;

import org.jspecify.annotations.NullMarked;
