// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

/** Oracle Database. */
final class Oracle extends Dialect {

  Oracle() {
    super("oracle", "oracle");
  }
}
