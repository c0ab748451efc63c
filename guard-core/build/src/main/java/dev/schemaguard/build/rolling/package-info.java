// SPDX-License-Identifier: Apache-2.0
/** Decides how an application is upgraded while its old version runs, and in which steps. */
@NullMarked
package dev.schemaguard.build.rolling;

import org.jspecify.annotations.NullMarked;
