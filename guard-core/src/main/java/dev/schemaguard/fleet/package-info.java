// SPDX-License-Identifier: Apache-2.0
/** What is running: the marks on an application's connections, and who reads them. */
@NullMarked
package dev.schemaguard.fleet;

import org.jspecify.annotations.NullMarked;
