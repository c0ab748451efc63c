// SPDX-License-Identifier: Apache-2.0
/** The bundled files: generating, updating and verifying them, in tests and on the command line. */
@NullMarked
package dev.schemaguard.build;

import org.jspecify.annotations.NullMarked;
