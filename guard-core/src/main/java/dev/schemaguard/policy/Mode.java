// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

/** How an incompatible schema is handled. */
public enum Mode {
  /** One warning is logged and the application starts. The default. */
  WARN,
  /** The application does not start. */
  STRICT;

  /**
   * How a schema is handled that lacks what the application needs according to its schema file,
   * although the history is complete.
   */
  public enum Structure {
    /** It is incompatible. The default. */
    ENFORCE,
    /** The history decides, and what is missing is a warning. For a migration that repairs it. */
    WARN,
    /** The schema is not compared. */
    OFF
  }
}
