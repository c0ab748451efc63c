// SPDX-License-Identifier: Apache-2.0
/** The command line. In the executable jar only, never in the library. */
@NullMarked
package dev.schemaguard.cli;

import org.jspecify.annotations.NullMarked;
