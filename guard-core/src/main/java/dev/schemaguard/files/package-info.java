// SPDX-License-Identifier: Apache-2.0
/** The bundled files: generating, updating and verifying them, in tests and on the command line. */
@NullMarked
package dev.schemaguard.files;

import org.jspecify.annotations.NullMarked;
