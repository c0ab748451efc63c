// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Decides who may read a page. Set an instance as the ServletContext attribute {@code
 * dev.schemaguard.servlet.Access}, or name its class in the context parameter {@code
 * schema-guard.access}; the class is then created by its constructor without parameters. Without an
 * Access, every page that is mapped may be read by everyone. It is called on many threads at once.
 *
 * <pre>{@code
 * Access access = (request, response, page) ->
 *     page != Page.MIGRATIONS || (request.authenticate(response) && request.isUserInRole("ops"));
 * }</pre>
 */
@FunctionalInterface
public interface Access {

  /**
   * Returns whether this request may read this page. An exception is logged, and the request is
   * answered with 500.
   *
   * @param response for a custom response, such as a 401 with a challenge. It is sent as it is if
   *     false is returned after it was begun; otherwise the response is 403
   */
  boolean mayRead(HttpServletRequest request, HttpServletResponse response, Page page)
      throws IOException, ServletException;
}
