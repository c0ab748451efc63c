// SPDX-License-Identifier: Apache-2.0
/** What an application chooses and observes: the mode, the refusal, readiness and listeners. */
@NullMarked
package dev.schemaguard.policy;

import org.jspecify.annotations.NullMarked;
