// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import java.util.ArrayList;
import java.util.List;

/**
 * A client as one product in a header such as {@code User-Agent}: {@code python-sdk/1.0.3}.
 *
 * @param name the part before the slash
 * @param version the part after the slash; empty if there is none
 */
record ClientProduct(String name, String version) {

  /**
   * Returns the products in a header, in its order. Comments in parentheses are left out (RFC 9110,
   * section 10.1.5), even if the closing parenthesis is missing.
   */
  static List<ClientProduct> of(String header) {
    List<ClientProduct> products = new ArrayList<>();
    StringBuilder product = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      depth += c == '(' ? 1 : 0;
      if (depth == 0 && c != ' ' && c != '\t') {
        product.append(c);
      } else {
        add(product, products);
      }
      depth -= c == ')' && depth > 0 ? 1 : 0;
    }
    add(product, products);
    return products;
  }

  private static void add(StringBuilder product, List<ClientProduct> products) {
    int slash = product.indexOf("/");
    if (slash > 0) {
      products.add(new ClientProduct(product.substring(0, slash), product.substring(slash + 1)));
    }
    product.setLength(0);
  }
}
