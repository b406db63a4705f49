import { defineComponent, h } from 'vue'

/**
 * H5 only. uni-app turns `<button>`, `<input>`, `<label>` and `<select>` in a template into custom elements
 * without role, focus or keyboard; a render function with a plain tag name gives the browser's own element,
 * which has all of that. Import it from `.vue` files inside `#ifdef H5`; the mini program drops it.
 */
export const NativeTag = defineComponent({
  name: 'NativeTag',
  inheritAttrs: false,
  props: { tag: { type: String, required: true } },
  setup(props, { attrs, slots }) {
    return () => h(props.tag, attrs, slots['default']?.())
  },
})
