import { defineBackground } from 'wxt/utils/define-background'
import { listen } from '../background/listen.ts'

export default defineBackground(listen)
