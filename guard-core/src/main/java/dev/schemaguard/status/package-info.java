// SPDX-License-Identifier: Apache-2.0
/** Defines what is published: the verdict, the problem, and the status with its JSON. */
@NullMarked
package dev.schemaguard.status;

import org.jspecify.annotations.NullMarked;
