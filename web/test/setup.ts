// What browsers have, and Debian 12's own node only by its other name.
import { webcrypto } from 'node:crypto'

globalThis.crypto ??= webcrypto as Crypto
