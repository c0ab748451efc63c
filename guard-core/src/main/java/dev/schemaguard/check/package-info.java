// SPDX-License-Identifier: Apache-2.0
/** One bounded check over one connection: borrow, read, assess, and publish the status. */
@NullMarked
package dev.schemaguard.check;

import org.jspecify.annotations.NullMarked;
