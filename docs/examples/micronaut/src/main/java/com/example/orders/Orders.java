// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.policy.IncompatibleSchemaException;
import io.micronaut.runtime.Micronaut;

/** Starts only on a schema that fits. */
public final class Orders {

  private Orders() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments)
        .mainClass(Orders.class)
        .mapError(IncompatibleSchemaException.class, Orders::exit)
        .start();
  }

  /** The guard has logged the problem. Returning the code would add a stack trace to it. */
  private static int exit(IncompatibleSchemaException refused) {
    System.exit(1);
    return 1;
  }
}
