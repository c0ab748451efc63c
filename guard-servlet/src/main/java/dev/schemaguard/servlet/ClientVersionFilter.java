// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.ClientCompatibility;
import dev.schemaguard.matrix.ClientCompatibility.Outcome;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.servlet.ClientPolicy.Action;
import dev.schemaguard.status.JsonObject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Looks up in the client tables of the matrix whether a client fits that names itself, as {@code
 * python-sdk/1.0.3}, in the header {@code schema-guard.client-header}. One that does not is
 * answered with 403 and what would fit where {@code schema-guard.clients} is {@code refuse}, and
 * passes where it is {@code mark}. Either way the request carries the {@link ClientCompatibility}
 * as the attribute {@code dev.schemaguard.matrix.ClientCompatibility}, and the answer the header
 * {@code Schema-Guard-Client}.
 *
 * <p>A client that does not name itself, or that no table names, passes unmarked; one of which
 * nobody can tell whether it fits passes with a mark that says so. The guard's own pages always
 * pass. Thread-safe.
 */
public final class ClientVersionFilter implements Filter {

  private static final String ATTRIBUTE = ClientCompatibility.class.getName();
  private static final int FORBIDDEN = 403;
  private static final String MARK = "Schema-Guard-Client";

  private @Nullable ClientPolicy policy;

  /** For the container. */
  public ClientVersionFilter() {}

  /**
   * Reads the settings, and all client tables.
   *
   * @throws ConfigurationException if the listener has not been in this context, if a setting or a
   *     client table cannot be used
   */
  @Override
  public void init(FilterConfig config) {
    ContextGuard here = ContextGuard.of(config.getServletContext());
    policy = ClientPolicy.of(Settings.of(config.getServletContext())).orElse(null);
    here.guard().ifPresent(ClientVersionFilter::requireReadable);
  }

  private static void requireReadable(SchemaGuard guard) {
    for (ConfigurationException error : guard.matrix().clients().errors()) {
      throw error;
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ClientPolicy inForce = policy;
    if (inForce == null
        || !(request instanceof HttpServletRequest asking)
        || !(response instanceof HttpServletResponse answer)
        || Page.isAskedFor(asking)) {
      chain.doFilter(request, response);
      return;
    }
    // Also without a mark: a cache must not give this answer to a client that names itself.
    answer.addHeader("Vary", inForce.header());
    ClientCompatibility fit = fit(asking, inForce.header());
    if (fit != null) {
      asking.setAttribute(ATTRIBUTE, fit);
      answer.setHeader(MARK, Setting.word(fit.outcome()));
    }
    if (fit != null && fit.outcome().isRefused() && inForce.action() == Action.REFUSE) {
      refusal(fit).send(asking, answer);
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * Returns whether the client fits that the request names; null if no client table names it. Of
   * several headers each counts: the first whose client does not fit, else the first of a client
   * that a table names.
   */
  private static @Nullable ClientCompatibility fit(HttpServletRequest request, String header) {
    SchemaGuard guard = ContextGuard.of(request.getServletContext()).guard().orElse(null);
    Enumeration<String> headers = request.getHeaders(header);
    ClientCompatibility first = null;
    while (guard != null && headers != null && headers.hasMoreElements()) {
      ClientCompatibility fit = fit(guard, headers.nextElement());
      if (fit != null && fit.outcome().isRefused()) {
        return fit;
      }
      first = first == null ? fit : first;
    }
    return first;
  }

  /** Returns the fit of the first product that a client table names; null if there is none. */
  private static @Nullable ClientCompatibility fit(SchemaGuard guard, String products) {
    for (ClientProduct product : ClientProduct.of(products)) {
      ClientCompatibility fit = guard.clientCompatibility(product.name(), product.version());
      if (fit.outcome() != Outcome.UNKNOWN_COMPONENT) {
        return fit;
      }
    }
    return null;
  }

  private static Reply refusal(ClientCompatibility fit) {
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", "Forbidden")
            .put("status", FORBIDDEN)
            .put("detail", fit.sentence())
            .put("client", fit.component())
            .put("client_version", fit.clientVersion())
            .put("server_version", fit.serverVersion())
            .put("accepted", fit.accepted());
    return Reply.json(FORBIDDEN, "application/problem+json", problem);
  }
}
