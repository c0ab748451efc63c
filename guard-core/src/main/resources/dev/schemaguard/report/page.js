// Asks this address again and again while somebody looks, and shows what has changed.
(() => {
  'use strict';
  const every = Number(document.documentElement.dataset.refresh);
  const patience = Math.max(every, 10000);
  const notice = document.getElementById('notice');
  const main = document.querySelector('main');
  let shown = main.innerHTML;
  let title = document.title;
  let answered = new Date();
  let serverAhead = 0;
  let asking = false;
  let timer;

  const clock = date => date.toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'});

  const words = seconds =>
    seconds < 10 ? 'just now'
      : seconds < 60 ? 'less than a minute ago'
      : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
      : seconds < 172800 ? `${Math.floor(seconds / 3600)} h ago`
      : `${Math.floor(seconds / 86400)} days ago`;

  const tellAge = () => {
    const at = Date.parse(document.querySelector('#checked time').dateTime);
    put(document.getElementById('ago'), words((Date.now() + serverAhead - at) / 1000));
  };

  const put = (element, text) => {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  };

  const code = page =>
    page.querySelector('style').textContent + page.querySelector('script').textContent;

  const ask = async () => {
    const response = await fetch(location.href, {
      headers: {Accept: 'text/html'},
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
    });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (!page.querySelector('main[data-page="schema-guard"]')) {
      throw new Error('the server answers with another page');
    }
    const date = Date.parse(response.headers.get('Date'));
    serverAhead = Number.isNaN(date) ? 0 : date - Date.now();
    return page;
  };

  const replaceMain = content => {
    const open = [...main.querySelectorAll('details[open]')].map(details => details.id);
    const focused = main.contains(document.activeElement) ? document.activeElement.id : '';
    const {scrollLeft, scrollTop} = document.getElementById('grid');
    main.replaceChildren(...content.childNodes);
    open.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
    Object.assign(document.getElementById('grid'), {scrollLeft, scrollTop});
    if (focused) {
      document.getElementById(focused)?.focus({preventScroll: true});
    }
  };

  // Where in the window stands what somebody looks at.
  const place = () => {
    const seen = main.contains(document.activeElement) ? document.activeElement : document.getElementById('grid');
    return seen.getBoundingClientRect().top;
  };

  const show = page => {
    const before = place();
    if (code(page) !== code(document)) {
      location.reload(); // Another release of the page.
      return;
    }
    const content = page.querySelector('main');
    if (content.innerHTML !== shown) {
      shown = content.innerHTML;
      replaceMain(content);
    }
    document.getElementById('checked').replaceChildren(...page.getElementById('checked').childNodes);
    document.querySelector('link[rel=icon]').href = page.querySelector('link[rel=icon]').href;
    answered = new Date();
    const failed = document.documentElement.classList.replace('no-answer', 'answered');
    if (page.title !== title) {
      put(notice, `Changed at ${clock(answered)}: ${page.title}`);
    } else if (failed) {
      put(notice, '');
    }
    title = page.title;
    document.title = title;
    tellAge();
    if (window.scrollY > 0) {
      window.scrollBy(0, place() - before); // What stands above it may have grown or shrunk.
    }
  };

  const showFailure = () => {
    document.documentElement.classList.add('no-answer');
    document.title = `⚠ No answer. ${title}`;
    put(notice, `⚠ Last answer of ${clock(answered)}, the server does not answer. This page keeps asking.`);
    tellAge();
  };

  const refresh = async () => {
    clearTimeout(timer);
    if (asking || document.hidden) {
      return;
    }
    asking = true;
    try {
      show(await ask());
    } catch {
      showFailure();
    } finally {
      asking = false;
      timer = setTimeout(refresh, every);
    }
  };

  document.addEventListener('visibilitychange', refresh);
  timer = setTimeout(refresh, every);
  setInterval(tellAge, 5000);
  tellAge();
})();
