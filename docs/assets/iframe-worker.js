// Browsers start no worker for a page opened from disk, and the search is a worker: there it runs in a hidden frame instead.
// (The name is the one by which the offline plugin sees that it need not fetch such a script from elsewhere.)
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.srcdoc = "<!doctype html><title>search</title><body></body>";
      const own = new URL(url, location.href).href;
      const load = (source) =>
        new Promise((done, failed) => {
          const script = frame.contentDocument.createElement("script");
          script.src = new URL(source, own).href; // what a worker loads is named from where its own script lies
          script.onload = done;
          script.onerror = () => failed(new Error(`not read: ${source}`));
          frame.contentDocument.body.append(script);
        });
      this.inside = new Promise((done, failed) => {
        frame.onload = () => {
          const scope = frame.contentWindow;
          scope.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
          scope.importScripts = async (...sources) => {
            for (const source of sources) await load(source);
          };
          load(own).then(() => done(scope), failed);
        };
      });
      document.body.append(frame);
    }

    postMessage(data) {
      this.inside.then((scope) => scope.dispatchEvent(new MessageEvent("message", { data })));
    }
  };
}
