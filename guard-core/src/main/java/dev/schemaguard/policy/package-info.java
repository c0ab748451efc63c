// SPDX-License-Identifier: Apache-2.0
/** Acts on a status: the mode, the refusal to start, readiness, logging and listeners. */
@NullMarked
package dev.schemaguard.policy;

import org.jspecify.annotations.NullMarked;

