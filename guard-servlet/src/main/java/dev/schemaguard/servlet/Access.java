// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Decides who may read a page. It stands in the ServletContext's attribute {@code
 * dev.schemaguard.servlet.Access}, or the context parameter {@code schema-guard.access} names its
 * class, which is made by the constructor without parameters. Without one, every page that is
 * mapped may be read by everybody. Called on many threads at once.
 *
 * <pre>{@code
 * Access access = (request, response, page) ->
 *     page != Page.MIGRATIONS || (request.authenticate(response) && request.isUserInRole("ops"));
 * }</pre>
 */
@FunctionalInterface
public interface Access {

  /**
   * Whether this request may read this page. What it throws is logged, and answered with 500.
   *
   * @param response for an answer of its own, such as a 401 with a challenge: it stands if false is
   *     returned after it was begun; without one the answer is 403
   */
  boolean mayRead(HttpServletRequest request, HttpServletResponse response, Page page)
      throws IOException, ServletException;
}
