import 'element-plus/es/components/dropdown/style/css'

export { ElDropdown, ElDropdownItem, ElDropdownMenu } from 'element-plus/es/components/dropdown/index'
