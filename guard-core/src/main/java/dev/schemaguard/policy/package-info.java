// SPDX-License-Identifier: Apache-2.0
/** What follows from a status: the mode, the refusal to start, readiness, logging and listeners. */
@NullMarked
package dev.schemaguard.policy;

import org.jspecify.annotations.NullMarked;
