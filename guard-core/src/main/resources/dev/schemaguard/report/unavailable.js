// Checks whether the application serves again and only then loads it, so that nothing changes while it is read.
(() => {
  'use strict';
  const every = 10000;

  // A form's address may accept POST only, and a reload would submit the form again: then load the page it came from.
  const cameFromHere = () => document.referrer.startsWith(`${location.origin}/`);

  const ask = async () => {
    try {
      const answer = await fetch(location.href, {
        method: 'HEAD',
        cache: 'no-store',
        signal: AbortSignal.timeout(every),
      });
      if (answer.status !== 503) {
        location.replace(answer.status === 405 && cameFromHere() ? document.referrer : location.pathname + location.search);
        return;
      }
    } catch {
      // The server does not respond: try again later.
    }
    setTimeout(ask, every);
  };

  setTimeout(ask, every);
})();
