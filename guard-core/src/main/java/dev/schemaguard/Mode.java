// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

/** What is done about a schema that the application cannot live with. */
public enum Mode {
  /** One warning is logged and the application starts. The default. */
  WARN,
  /** The application does not start. */
  STRICT
}
