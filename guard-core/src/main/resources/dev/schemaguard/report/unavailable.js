// Looks whether the application serves again, and only then loads it: nothing changes under a reader's eyes before.
(() => {
  'use strict';
  const every = 10000;

  // A form's address may take nothing but the form. A reload would send it once more, so the page asks anew.
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
      // No answer is no reason to leave the page.
    }
    setTimeout(ask, every);
  };

  setTimeout(ask, every);
})();
