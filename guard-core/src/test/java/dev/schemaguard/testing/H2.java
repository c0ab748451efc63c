// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** H2 in memory. */
public final class H2 {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private H2() {}

  /** A fresh database. */
  public static TestDatabase database() {
    return new TestDatabase(
        "jdbc:h2:mem:test" + COUNT.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", "");
  }
}
