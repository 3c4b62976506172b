// The first module of a thread that makes bodies: the rest is loaded when Node knows that it may keep compiled code, which
// is said anew in each thread and must be said before.
import module from 'node:module'

// Missing before Node 22, and from the types of the oldest that we run on.
const enable: unknown = Reflect.get(module, 'enableCompileCache')
if (typeof enable === 'function') enable()
await import('./body-thread.js')
