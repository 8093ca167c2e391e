/** What `build.mjs` makes of the components: modules of their bindings. */

declare module 'bugdrill:python' {
  export interface PythonExports {
    load(code: string, description: string): string;
    call(test: string): string;
  }
  export function instantiate(
    getCoreModule: (name: string) => WebAssembly.Module,
    imports: object,
    instantiateCore?: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
  ): PythonExports;
}

declare module 'bugdrill:offline' {
  export interface OfflineExports {
    javascriptHarness(): string;
    run(task: string, language: string, code: string, done: string[]): string;
  }
  export function instantiate(
    getCoreModule: (name: string) => WebAssembly.Module,
    imports: object,
    instantiateCore?: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
  ): OfflineExports;
}
