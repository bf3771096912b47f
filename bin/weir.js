#!/usr/bin/env node
import { main } from '../dist/cli/index.js'

process.exit(await main(process.argv.slice(2)))
