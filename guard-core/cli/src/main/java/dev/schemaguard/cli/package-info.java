// SPDX-License-Identifier: Apache-2.0
/** The command line. It is part of the executable jar only, not of the library. */
@NullMarked
package dev.schemaguard.cli;

import org.jspecify.annotations.NullMarked;
