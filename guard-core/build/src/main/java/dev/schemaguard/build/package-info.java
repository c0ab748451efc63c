// SPDX-License-Identifier: Apache-2.0
/** Generates, updates and verifies the bundled files, in tests and on the command line. */
@NullMarked
package dev.schemaguard.build;

import org.jspecify.annotations.NullMarked;
