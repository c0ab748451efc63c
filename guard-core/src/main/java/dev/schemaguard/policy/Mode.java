// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

/** How an incompatible schema is handled. */
public enum Mode {
  /** One warning is logged and the application starts. The default. */
  WARN,
  /** The application does not start. */
  STRICT
}
