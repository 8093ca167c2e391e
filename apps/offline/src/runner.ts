import { instantiate } from 'bugdrill:offline';
import { Ended } from './guest.ts';
import { Host, type HostEvents } from './host.ts';
import { JavaScriptGuests } from './javascript-guest.ts';
import type { Modules, RunMessage } from './messages.ts';
import { PythonGuest } from './python-guest.ts';

/** The file of the JavaScript guest. */
export const javaScriptFile = 'javascript.wasm';

/** Runs code and judges the answers: a judged run in the wire form of the server's model. */
export function run(message: RunMessage, modules: Modules, events: HostEvents): string {
  let javaScript: JavaScriptGuests | null = null;
  const host = new Host((language, surroundings) => {
    if (language === 'python') return new PythonGuest(modules, surroundings);
    const module = modules[javaScriptFile];
    if (!module) throw new Ended('missing');
    javaScript ??= new JavaScriptGuests(module, offline.javascriptHarness());
    return javaScript.instantiate(surroundings);
  }, events);
  const offline = instantiate(
    (name) => {
      const module = modules[name];
      if (!module) throw new Error(`${name} is missing`);
      return module;
    },
    { 'bugdrill:offline/host': methodsOf(host) },
  );
  return offline.run(message.task, message.language, message.code, message.done);
}

/** The methods, each of which knows its object: they are called alone. */
function methodsOf(host: Host) {
  return {
    begin: host.begin.bind(host),
    load: host.load.bind(host),
    call: host.call.bind(host),
    printed: host.printed.bind(host),
    memory: host.memory.bind(host),
    now: host.now.bind(host),
    tell: host.tell.bind(host),
  };
}
