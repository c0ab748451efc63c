// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

/** Db2. */
final class Db2 extends Dialect {

  Db2() {
    super("db2", "db2");
  }

  /** Returns true for any platform: {@code DB2/LINUXX8664}. */
  @Override
  protected boolean isReportedAs(String name, String version) {
    return name.startsWith("db2");
  }
}
