import { createSocket } from 'node:dgram'
